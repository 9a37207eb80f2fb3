"""Monitors: what claims say about care for Wlz clients, by the published methods."""
