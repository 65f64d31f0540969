"""Addresses of tags."""

from django.urls import path, register_converter

from konveyer.web.labels import filling, setup_fields, setup_tags, tagging


class LabelledKind:
    """The kinds of records that bear labels."""

    regex = "company|contact|lead"

    def to_python(self, value: str) -> str:
        """The word itself."""
        return value

    def to_url(self, value: str) -> str:
        """The word itself."""
        return value


register_converter(LabelledKind, "labelled")

urlpatterns = [
    path("labels/<labelled:kind>/<uuid:pk>/tags/", tagging.record_tags, name="record-tags"),
    path("labels/<labelled:kind>/<uuid:pk>/fields/", filling.record_fields, name="record-fields"),
    path("labels/narrow/<slug:name>/", filling.narrow, name="list-narrow"),
    path("setup/fields/", setup_fields.fields, name="setup-fields"),
    path("setup/fields/new/<labelled:subject>/", setup_fields.new, name="setup-field-new"),
    path("setup/fields/<uuid:field_id>/", setup_fields.field, name="setup-field"),
    path("setup/fields/<uuid:field_id>/move/<slug:way>/", setup_fields.move, name="setup-field-move"),
    path("setup/fields/<uuid:field_id>/retire/", setup_fields.retire, name="setup-field-retire"),
    path("setup/tags/", setup_tags.tags, name="setup-tags"),
    path("setup/tags/new/", setup_tags.tag, name="setup-tag-new"),
    path("setup/tags/<uuid:tag_id>/", setup_tags.tag, name="setup-tag"),
    path("setup/tags/<uuid:tag_id>/merge/", setup_tags.merge, name="setup-tag-merge"),
    path("setup/tags/<uuid:tag_id>/retire/", setup_tags.retire, name="setup-tag-retire"),
]
