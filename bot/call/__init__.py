"""The rules of the call in plain Python: knows neither Rasa nor the web."""
