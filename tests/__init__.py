"""The same tree as bot/, plus support/, faults/ and browser/."""
