"""The use cases: what happens between a message and a film. Imports core and i18n only."""
