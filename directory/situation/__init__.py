"""The case in a sentence: what a line says about a person's situation, and who may help. Nothing of it is kept."""
