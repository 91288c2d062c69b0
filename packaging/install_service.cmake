# Installs the unit, with the paths of this prefix, and the default configuration where none is yet: once it is there,
# it belongs to whoever administers the machine.
# WSWP_BIN_DIR: relative to the prefix; WSWP_CONFIG_SOURCE, WSWP_UNIT_SOURCE; WSWP_WORK_DIR: for the finished unit.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(config_dir /etc/wswp)
else()
  set(config_dir ${CMAKE_INSTALL_PREFIX}/etc/wswp)
endif()
if(EXISTS "$ENV{DESTDIR}${config_dir}/wswpd.toml")
  message(STATUS "Kept: $ENV{DESTDIR}${config_dir}/wswpd.toml")
else()
  file(INSTALL DESTINATION "${config_dir}" TYPE FILE FILES "${WSWP_CONFIG_SOURCE}")
endif()

get_filename_component(bin_dir "${WSWP_BIN_DIR}" ABSOLUTE BASE_DIR "${CMAKE_INSTALL_PREFIX}")
set(WSWP_UNIT_BINARY "${bin_dir}/wswpd")
set(WSWP_CONFIG_FILE "${config_dir}/wswpd.toml")
configure_file("${WSWP_UNIT_SOURCE}" "${WSWP_WORK_DIR}/wswpd.service" @ONLY)
file(INSTALL DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system" TYPE FILE FILES "${WSWP_WORK_DIR}/wswpd.service")
