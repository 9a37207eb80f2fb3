"""The same decision for other engines, made from our model: each module gives one function that decides."""
