"""Addresses of my day."""

from django.urls import path

from konveyer.web.my_day import views

urlpatterns = [path("", views.day, name="my-day")]
