# How every target of the project is built: one place for warnings, sanitizers and include roots.

add_library(wswp_options INTERFACE)
target_compile_options(wswp_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Werror
  -Wno-missing-field-initializers)  # a designated initializer names what differs from the default
if(WSWP_SANITIZE)
  target_compile_options(wswp_options INTERFACE
    -fsanitize=${WSWP_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(wswp_options INTERFACE -fsanitize=${WSWP_SANITIZE})
endif()

# Test programs, and what only they link, are compiled more often than they run for long: with little optimisation and
# line numbers only, which halves that time. What they test is compiled as everywhere.
add_library(wswp_test_options INTERFACE)
if(WSWP_SANITIZE)
  target_compile_options(wswp_test_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-O0;-g1>)
else()
  target_compile_options(wswp_test_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-O1;-g1>
    -Wno-array-bounds)  # GCC 12 sees some in "string + literal" at -O1, where there are none
endif()

# No precompiled headers under a compiler launcher: ccache, for one, keeps nothing that was compiled with them.
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

# wswp_library(NAME SOURCES a.cc… DEPS wswp_x… [PRIVATE_DEPS imported…])
# The library wswp_NAME of the folder it stands in; included by others as "NAME/header.h".
function(wswp_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(wswp_${name} STATIC ${ARG_SOURCES})
  target_include_directories(wswp_${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(wswp_${name} PUBLIC ${ARG_DEPS} PRIVATE wswp_options ${ARG_PRIVATE_DEPS})
endfunction()

# wswp_program(NAME SOURCES a.cc… DEPS x…): a program in build/<preset>/bin.
function(wswp_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE wswp_options ${ARG_DEPS})
endfunction()

# wswp_test(NAME DEPS x… [SOURCES a_test.cc…]): the GoogleTest program of a folder of tests; without SOURCES, every
# *_test.cc in it.
function(wswp_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS *_test.cc)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name}
    PRIVATE wswp_options wswp_test_options ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  target_precompile_headers(${name} REUSE_FROM wswp_test_headers)
  gtest_discover_tests(${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
