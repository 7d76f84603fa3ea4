# SPDX-License-Identifier: GPL-3.0-or-later
# What every target shares: flags, caches, and the three functions that declare a library, a test program and a fuzz program.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
# moc must see the sanitizer-free world only once per folder; the default parallelism is the machine's.
set(CMAKE_AUTOMOC_PATH_PREFIX ON)
# moc 6.4 cannot read these two headers of the standard library where they are the first that a file includes; their guards keep it out.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS -D_COMPARE)

# The cache lives outside the checkout, so a clone in another folder hits it: paths are taken relative to the source folder.
find_program(FAIRLEAD_CCACHE ccache)
if(FAIRLEAD_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};CCACHE_NOHASHDIR=true;CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime;${FAIRLEAD_CCACHE}")
endif()
find_program(FAIRLEAD_MOLD mold)

add_library(fairlead_flags INTERFACE)
target_compile_options(fairlead_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers)
target_compile_definitions(fairlead_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    FAIRLEAD_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Without it ccache cannot answer for a file that uses a precompiled header.
    target_compile_options(fairlead_flags INTERFACE $<$<BOOL:${FAIRLEAD_PCH}>:-fpch-preprocess>)
endif()
if(FAIRLEAD_WERROR)
    target_compile_options(fairlead_flags INTERFACE -Werror)
endif()
if(FAIRLEAD_SANITIZE)
    target_compile_options(fairlead_flags INTERFACE -fsanitize=${FAIRLEAD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(fairlead_flags INTERFACE -fsanitize=${FAIRLEAD_SANITIZE})
endif()
if(FAIRLEAD_MOLD)
    target_link_options(fairlead_flags INTERFACE -fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(CURL REQUIRED)
if(NOT FAIRLEAD_NET_ONLY)
    find_package(PkgConfig REQUIRED)
    pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
    find_package(yaml-cpp REQUIRED)
endif()
find_path(FAIRLEAD_EXPECTED tl/expected.hpp REQUIRED)
if(NOT FAIRLEAD_NET_ONLY AND NOT FAIRLEAD_FUZZ)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core)
    find_path(FAIRLEAD_CLI11 CLI/CLI.hpp REQUIRED)
    if(FAIRLEAD_UI)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets)
    endif()
    if(FAIRLEAD_TESTS)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
        # Paths of this clone in every test's flags (for QFINDTESTDATA, which we do not use) would keep ccache from answering in another.
        get_target_property(testDefinitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
        list(FILTER testDefinitions EXCLUDE REGEX "QT_TESTCASE_")
        set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${testDefinitions}")
    endif()
endif()

# fairlead_library(NAME LAYER std|core|widgets SOURCES… LINKS…): one static library of a layer.
# std: no Qt header at all. core: Qt Core. widgets: Qt Widgets.
function(fairlead_library name)
    cmake_parse_arguments(arg "" "LAYER" "SOURCES;LINKS" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/models" PRIVATE "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE fairlead_flags)
    if(arg_LAYER STREQUAL "std")
        set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    elseif(arg_LAYER STREQUAL "core")
        target_link_libraries(${name} PUBLIC Qt6::Core)
        fairlead_precompiled(${name} core)
    elseif(arg_LAYER STREQUAL "widgets")
        target_link_libraries(${name} PUBLIC Qt6::Widgets)
        fairlead_precompiled(${name} widgets)
    else()
        message(FATAL_ERROR "${name}: LAYER is std, core or widgets")
    endif()
endfunction()

# One precompiled header per layer, made by its first library and used by all others: their flags are the same. models' holds
# Qt Core and std only, so that it cannot hide a missing include of a higher layer.
function(fairlead_precompiled name layer)
    if(NOT FAIRLEAD_PCH)
        return()
    endif()
    get_property(first GLOBAL PROPERTY FAIRLEAD_PRECOMPILED_${layer})
    if(first)
        target_precompile_headers(${name} REUSE_FROM ${first})
        return()
    endif()
    set_property(GLOBAL PROPERTY FAIRLEAD_PRECOMPILED_${layer} ${name})
    set(headers <algorithm> <chrono> <functional> <memory> <optional> <string> <string_view> <unordered_map> <vector>
        <QByteArray> <QCoreApplication> <QHash> <QList> <QObject> <QString> <QTimer>)
    if(layer STREQUAL "widgets")
        list(APPEND headers <QWidget> <QPainter>)
    endif()
    target_precompile_headers(${name} PRIVATE ${headers})
endfunction()

# fairlead_test(NAME LABEL SOURCES… LINKS… [WIDGETS]): one test program, listed for tests/run in build/<preset>/tests/programs.txt.
function(fairlead_test name label)
    cmake_parse_arguments(arg "WIDGETS;STD" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_SOURCE_DIR}/models" "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE ${arg_LINKS} fairlead_test_paths fairlead_flags)
    if(arg_STD)
        set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    else()
        target_link_libraries(${name} PRIVATE Qt6::Test)
    endif()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    set_property(GLOBAL APPEND_STRING PROPERTY FAIRLEAD_TEST_PROGRAMS "${label}\t${name}\n")
endfunction()

# fairlead_fuzz(NAME SOURCES… LINKS…): one target with LLVMFuzzerTestOneInput; its corpus is tests/fuzz/corpus/NAME/.
# Under FAIRLEAD_FUZZ it is linked with libFuzzer (label fuzz); else it becomes a program that replays the corpus (label unit).
# Std-only libraries may stand in LINKS: the fuzz preset knows no Qt.
function(fairlead_fuzz name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_SOURCE_DIR}/models" "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE ${arg_LINKS} fairlead_flags)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    if(FAIRLEAD_FUZZ)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        set_property(GLOBAL APPEND_STRING PROPERTY FAIRLEAD_TEST_PROGRAMS "fuzz\t${name}\n")
    else()
        target_sources(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests/fuzz/replay.cpp")
        target_compile_definitions(${name} PRIVATE FAIRLEAD_FUZZ_TARGET="${name}")
        target_link_libraries(${name} PRIVATE fairlead_test_paths)
        set_property(GLOBAL APPEND_STRING PROPERTY FAIRLEAD_TEST_PROGRAMS "unit\t${name}\n")
    endif()
endfunction()
