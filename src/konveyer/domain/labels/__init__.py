"""What a workspace writes on its companies, people and leads in its own words: tags, and fields of its own."""
