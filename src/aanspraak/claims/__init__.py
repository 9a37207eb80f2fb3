"""Claims data: what comes in, how it is checked, and the engines that run SQL steps over it."""
