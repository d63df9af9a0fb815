"""The contenders: what else one would write or install to land the same records. They import nothing of ours."""
