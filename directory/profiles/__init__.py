"""Country profiles: indicators with their values, what a reader sees of a country, countries side by side."""
