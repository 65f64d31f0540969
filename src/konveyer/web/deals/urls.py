"""Addresses of deals."""

from django.urls import path

from konveyer.web.deals import money, views

urlpatterns = [
    path("", views.listing, name="deals"),
    path("new/<uuid:lead_id>/", views.new, name="deal-new"),
    path("<uuid:deal_id>/", views.show, name="deal"),
    path("<uuid:deal_id>/change/", views.change, name="deal-change"),
    path("<uuid:deal_id>/pay/", money.pay, name="deal-pay"),
    path("<uuid:deal_id>/refund/", money.give_back, name="deal-refund"),
]
