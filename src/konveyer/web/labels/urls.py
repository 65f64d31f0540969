"""Addresses of tags."""

from django.urls import path, register_converter

from konveyer.web.labels import setup_tags, tagging


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
    path("setup/tags/", setup_tags.tags, name="setup-tags"),
    path("setup/tags/new/", setup_tags.tag, name="setup-tag-new"),
    path("setup/tags/<uuid:tag_id>/", setup_tags.tag, name="setup-tag"),
    path("setup/tags/<uuid:tag_id>/merge/", setup_tags.merge, name="setup-tag-merge"),
    path("setup/tags/<uuid:tag_id>/retire/", setup_tags.retire, name="setup-tag-retire"),
]
