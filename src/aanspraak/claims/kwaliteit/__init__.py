"""Questions to a data set about its quality: one SQL file each, the comment at its head is what the report says."""
