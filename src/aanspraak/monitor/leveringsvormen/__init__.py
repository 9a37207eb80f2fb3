"""Delivery forms and spending of Wlz clients, by the method of NZa 2023, Bijlage 3."""
