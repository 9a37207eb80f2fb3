"""The yearly report: delivery forms, trajectories and regions together, safe to publish."""
