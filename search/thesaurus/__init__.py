"""The thesaurus: concepts with their words, loaded, kept in memory, found in queries and texts."""
