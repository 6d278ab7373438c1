"""The workspace page: the bot as a chat in the browser, hosted by the cooperation itself."""
