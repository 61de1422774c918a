# cartwatch_npm(<target> <folder>) makes <target>: what the folder's lock file names, installed under
# the build tree, and again only when the lock file changes. Sets <target>_FOLDER in the caller's
# scope: the copy that holds package.json and node_modules. Nothing is written to the source tree.
function(cartwatch_npm target folder)
    find_program(NPM_PROGRAM npm REQUIRED)
    set(copy ${CMAKE_BINARY_DIR}/npm/${target})
    set(stamp ${copy}/installed)
    file(MAKE_DIRECTORY ${copy})
    add_custom_command(
        OUTPUT ${stamp}
        DEPENDS ${folder}/package.json ${folder}/package-lock.json
        COMMAND ${CMAKE_COMMAND} -E copy ${folder}/package.json ${folder}/package-lock.json ${copy}
        COMMAND ${NPM_PROGRAM} ci --no-audit --no-fund --no-update-notifier --prefer-offline
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        WORKING_DIRECTORY ${copy}
        COMMENT "installing the npm packages of ${target}"
        VERBATIM)
    add_custom_target(${target} DEPENDS ${stamp})
    set(${target}_FOLDER ${copy} PARENT_SCOPE)
endfunction()
