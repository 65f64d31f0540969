"""The parts that all screens share: layout, components, number formats in templates, navigation, error pages."""
