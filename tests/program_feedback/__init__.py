"""What is promised about program feedback, one file a promise. Each is tried on both engines, as an attacker would."""
