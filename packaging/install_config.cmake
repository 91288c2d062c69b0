# Installs the default configuration where none is yet. WSWP_CONFIG_DIR: absolute, or relative to the prefix.
if(NOT IS_ABSOLUTE "${WSWP_CONFIG_DIR}")
  set(WSWP_CONFIG_DIR "${CMAKE_INSTALL_PREFIX}/${WSWP_CONFIG_DIR}")
endif()
if(EXISTS "$ENV{DESTDIR}${WSWP_CONFIG_DIR}/wswpd.toml")
  message(STATUS "Kept: $ENV{DESTDIR}${WSWP_CONFIG_DIR}/wswpd.toml")
else()
  file(INSTALL DESTINATION "${WSWP_CONFIG_DIR}" TYPE FILE FILES "${WSWP_CONFIG_SOURCE}")
endif()
