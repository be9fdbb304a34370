"""Custom actions: each reads entities and slots, asks bot.call and names a response."""
