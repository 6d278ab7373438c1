"""Seats in groups: who holds them on a day, planned changes, requests and handing over."""
