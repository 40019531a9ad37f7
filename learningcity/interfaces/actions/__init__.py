"""What is written down of programs: their keys, and how much they asked for."""

from learningcity.interfaces.actions.keys import make_key, note_key_used, revoke_all_keys, revoke_key

__all__ = ["make_key", "note_key_used", "revoke_all_keys", "revoke_key"]
