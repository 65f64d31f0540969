"""Addresses of the products."""

from django.urls import path

from konveyer.web.products import views

urlpatterns = [
    path("", views.products, name="products"),
    path("new/", views.product, name="product-new"),
    path("<uuid:product_id>/", views.product, name="product"),
]
