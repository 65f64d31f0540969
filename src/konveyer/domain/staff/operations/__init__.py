"""Writes about members."""
