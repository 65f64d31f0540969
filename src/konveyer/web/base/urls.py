"""Addresses of the base."""

from django.urls import path, register_converter

from konveyer.web.base import attached, editing, export, leads, links, lists, new_lead, records, search


class RecordKind:
    """The two kinds of records of the base."""

    regex = "company|contact"

    def to_python(self, value: str) -> str:
        """The word itself."""
        return value

    def to_url(self, value: str) -> str:
        """The word itself."""
        return value


register_converter(RecordKind, "record")

urlpatterns = [
    path("base/companies/", lists.companies, name="companies"),
    path("base/companies/new/", editing.new_company, name="company-new"),
    path("base/companies/<uuid:company_id>/", records.company, name="company"),
    path("base/companies/<uuid:company_id>/edit/", editing.edit_company, name="company-edit"),
    path("base/people/", lists.contacts, name="contacts"),
    path("base/people/new/", editing.new_contact, name="contact-new"),
    path("base/people/<uuid:contact_id>/", records.contact, name="contact"),
    path("base/people/<uuid:contact_id>/edit/", editing.edit_contact, name="contact-edit"),
    path("base/<record:kind>/<uuid:pk>/points/", attached.add, name="point-add"),
    path("base/points/<uuid:use_id>/remove/", attached.remove, name="point-remove"),
    path("base/<record:kind>/<uuid:pk>/work/", attached.place, name="place-add"),
    path("base/work/<uuid:employment_id>/", attached.change_place, name="place-change"),
    path("base/people/<uuid:contact_id>/links/", links.add, name="link-add"),
    path("base/links/<uuid:link_id>/", links.change, name="link-change"),
    path("base/links/<uuid:link_id>/remove/", links.remove, name="link-remove"),
    path("leads/<uuid:lead_id>/recommender/", links.recommender, name="lead-recommender"),
    path("base/lists/<slug:name>/columns/", lists.columns, name="list-columns"),
    path("base/lists/<slug:name>.<slug:kind>", export.export, name="list-export"),
    path("leads/", leads.leads, name="leads"),
    path("leads/new/", new_lead.new_lead, name="lead-new"),
    path("leads/new/read/", new_lead.read, name="lead-read"),
    path("search/", search.search, name="search"),
    path("touches/tap/<uuid:point_id>/", attached.tapped, name="tap"),
]
