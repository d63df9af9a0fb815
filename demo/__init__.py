"""The whole main job on one machine, from nothing, with its result on the terminal."""
