"""Its address."""

from django.urls import path

from konveyer.web.health.views import healthz

urlpatterns = [path("healthz", healthz, name="healthz")]
