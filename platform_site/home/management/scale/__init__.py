"""Invented content in any amount, to see how the site behaves when it is full. Never for a real site."""
