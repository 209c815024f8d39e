# Makes a Linux tree (6.14 or later) install the gendwarfksyms that GENDWARFKSYMS names, instead of compiling its own.
# Read through make's MAKEFILES variable; nothing in the tree is changed. See the README.

ifeq ($(obj),scripts/gendwarfksyms)
ifeq ($(wildcard $(GENDWARFKSYMS)),)
$(error GENDWARFKSYMS must name the gendwarfksyms to use, as an absolute path)
endif

override hostprogs-always-y :=
override always-y := $(obj)/gendwarfksyms

quiet_cmd_gendwarfksyms_copy = COPY    $@
      cmd_gendwarfksyms_copy = cp -f $(GENDWARFKSYMS) $@

$(obj)/gendwarfksyms: $(GENDWARFKSYMS) FORCE
	$(call if_changed,gendwarfksyms_copy)
endif
