// A target must have a source; wswp_test_headers is there for its precompiled headers (CMakeLists.txt).
