"""Costs of care per municipality, from the open data of Vektis."""
