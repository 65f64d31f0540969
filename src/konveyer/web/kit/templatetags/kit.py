"""All tags and filters of the design system under one name: {% load kit %}."""

from django import template

from konveyer.web.kit.tags import controls, figures, forms, frame, numbers, selling, states

register = template.Library()
for part in (controls, figures, forms, frame, numbers, selling, states):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
