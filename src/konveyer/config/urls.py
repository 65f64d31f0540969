"""Addresses of the screens and of the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("konveyer.web.health.urls")),
    path("sign-in/", include("allauth.urls")),
    path("", include("konveyer.web.kit.urls")),
]
