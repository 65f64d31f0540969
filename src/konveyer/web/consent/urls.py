"""Addresses of consents."""

from django.urls import path

from konveyer.web.consent import texts, views

urlpatterns = [
    path("base/people/<uuid:contact_id>/consents/", views.sheet, name="consents"),
    path("base/people/<uuid:contact_id>/consents/new/", views.new, name="consent-new"),
    path("base/people/<uuid:contact_id>/consents/withdraw/", views.withdraw, name="consent-withdraw"),
    path("setup/consent-texts/", texts.texts, name="setup-consent-texts"),
    path("setup/consent-texts/new/", texts.new, name="setup-consent-text-new"),
]
