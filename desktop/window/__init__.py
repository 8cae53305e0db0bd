"""The window; besides ``desktop.app`` the only code that knows Qt."""
