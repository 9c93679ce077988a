# Builds the program. Read by bin/broadsheet and bin/profile, which say where `root` is.

# compiler_knows FLAG: whether the compiler has a flag that not all versions have.
compiler_knows() { swiftc -frontend -help-hidden 2>/dev/null | grep -q -e "$1"; }

# toolchain: the folder that the compiler and the programs that belong to it lie in.
toolchain() {
  swiftc -print-target-info 2>/dev/null |
    sed -n 's|.*"runtimeResourcePath": *"\(.*\)/lib/swift[a-z_]*".*|\1|p'
}

# build_program [ARGUMENT...]: builds the program, with more arguments for `swift build`.
build_program() {
  # A type is asked for by its function, not by its name, which the runtime would have to read: that is
  # a tenth of the time of a small build.
  by_function=-disable-concrete-type-metadata-mangled-name-accessors
  set -- --package-path "$root" -c release --static-swift-stdlib --disable-local-rpath \
    --product broadsheet "$@"
  if compiler_knows "$by_function"; then
    set -- "$@" -Xswiftc -Xfrontend -Xswiftc "$by_function"
  fi
  swift build "$@"
}

# read_profile: puts what is known of how often each line runs where the compiler can read it, and says in
# `profile` where that is; fails where the compiler is one that cannot.
read_profile() {
  compiler_knows -ir-profile-use || return 1
  profile=$root/.build/$(cksum <"$root/Profile/broadsheet.proftext" | tr ' ' -).profdata
  [ -e "$profile" ] && return
  "$(toolchain)/bin/llvm-profdata" merge -o "$profile.new" "$root/Profile/broadsheet.proftext" \
    >/dev/null 2>&1 || return 1
  # The compiler keeps what it made of code that is the same, with whatever profile.
  rm -f "$root"/.build/*.profdata "$root"/.build/*/release/*.build/*.o
  mv -f "$profile.new" "$profile"
}
