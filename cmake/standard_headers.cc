// The source of a target whose precompiled headers others share.
