"""Trajectories of short-term care (ELV, GRZ, VV9b and Wlz crisis care), by the method of ZIN 2025, bijlage 5A."""
