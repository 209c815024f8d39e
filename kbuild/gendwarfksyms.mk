# What `install --once` changes in kbuild: no object gets versions when it is compiled. modpost is the first that wants them,
# and what is run in its place computes those of vmlinux.o and of every module as a whole.
#
# `install` puts this file into .gendwarfksyms. The first make of a build reads it through GNUmakefile, or through MAKEFILES
# in its environment, and adds it to MAKEFILES so that every other make of the build reads it, too, before anything else.

gendwarfksyms-hook := $(abspath $(lastword $(MAKEFILE_LIST)))
gendwarfksyms-folder := $(patsubst %/,%,$(dir $(gendwarfksyms-hook)))
export MAKEFILES := $(filter-out $(gendwarfksyms-hook), $(MAKEFILES)) $(gendwarfksyms-hook)

# gendwarfksyms-source, and gendwarfksyms-once and gendwarfksyms-lto where they were asked for.
include $(gendwarfksyms-folder)/settings.mk

# A source folder that cannot be written to has no scripts/gendwarfksyms/Kbuild of ours.
ifeq ($(obj),scripts/gendwarfksyms)
override kbuild-file := $(gendwarfksyms-folder)/Kbuild
endif

# All of it depends on the configuration, which is read after this file: kernels with other versions, or none, build as usual.
ifdef gendwarfksyms-once
override cmd_gen_symversions_c = $(if $(CONFIG_GENDWARFKSYMS),,$(call gen_symversions,c))
override cmd_gendwarfksyms :=

# Assembly has no types, so kbuild compiles a companion that has those of the symbols that assembly exports. With
# link-time optimisation, too, it must be an object with DWARF.
override cmd_gen_symversions_S = $(if $(CONFIG_ASM_MODVERSIONS),$(if $(CONFIG_GENDWARFKSYMS), \
	if $(NM) $@ 2>/dev/null | grep -q ' __export_symbol_'; then \
		$(getasmexports) | \
		$(CC) $(filter-out $(CC_FLAGS_LTO), $(c_flags)) -c -o $(@:.o=.gendwarfksyms.o) -xc -; \
	fi, $(call gen_symversions,S)))

export GENDWARFKSYMS_MODPOST = $(objtree)/scripts/mod/modpost
override MODPOST = $(if $(CONFIG_GENDWARFKSYMS),$(gendwarfksyms-folder)/modpost,$(GENDWARFKSYMS_MODPOST))
endif

# The kernel's configuration refuses versions together with link-time optimisation. What it reads instead is made from the
# tree's own files again whenever these change; the first make of a build sees to that.
ifdef gendwarfksyms-lto
ifndef sub_make_done
gendwarfksyms-error := $(shell $(gendwarfksyms-folder)/kconfig $(gendwarfksyms-source) 2>&1)
$(if $(gendwarfksyms-error),$(error $(gendwarfksyms-error)))
endif
export KBUILD_KCONFIG := .gendwarfksyms/Kconfig
endif
