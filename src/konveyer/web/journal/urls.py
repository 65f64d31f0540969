"""Address of the journal."""

from django.urls import path

from konveyer.web.journal import views

urlpatterns = [path("", views.journal, name="journal")]
