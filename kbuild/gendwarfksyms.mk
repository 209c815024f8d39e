# Lets a kernel tree use the gendwarfksyms in .gendwarfksyms/bin instead of compiling its own. `install` puts this file
# into .gendwarfksyms, too. It is read in two ways:
# - by the tree's Makefile, through .kernelvariables; it adds itself to MAKEFILES, so that
# - every other make of the build reads it first. The one for scripts/gendwarfksyms is given another Kbuild file.

gendwarfksyms-hook := $(abspath $(lastword $(MAKEFILE_LIST)))
gendwarfksyms-tree := $(abspath $(dir $(gendwarfksyms-hook))..)
export MAKEFILES := $(filter-out $(gendwarfksyms-hook), $(MAKEFILES)) $(gendwarfksyms-hook)

ifeq ($(obj),scripts/gendwarfksyms)
override kbuild-file := $(dir $(gendwarfksyms-hook))Kbuild
endif

# With `install --once`, no object gets versions when it is compiled: modpost is the first that wants them, and what is run
# in its place computes those of vmlinux.o and of every module at once.
ifneq ($(wildcard $(dir $(gendwarfksyms-hook))modpost),)
override cmd_gen_symversions_c :=
override cmd_gendwarfksyms :=
export GENDWARFKSYMS_MODPOST := $(gendwarfksyms-tree)/scripts/mod/modpost
override MODPOST := $(dir $(gendwarfksyms-hook))modpost
endif

# Modules use what the tree has; kbuild itself does not look whether it is there.
ifneq ($(KBUILD_EXTMOD),)
ifeq ($(obj)$(wildcard $(gendwarfksyms-tree)/scripts/gendwarfksyms/gendwarfksyms)$(filter clean help,$(MAKECMDGOALS)),)
ifneq ($(shell grep -s '^CONFIG_GENDWARFKSYMS=y' '$(gendwarfksyms-tree)/include/config/auto.conf'),)
$(error $(gendwarfksyms-tree): symbols of modules cannot get versions, there is no scripts/gendwarfksyms/gendwarfksyms; \
run 'make modules_prepare' in this folder, or dwarfksyms' kbuild/install for it again)
endif
endif
endif
