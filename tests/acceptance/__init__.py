"""The statistics' acceptance figures; the full simulations are run by `make acceptance`."""
