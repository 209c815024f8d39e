	.text
	.globl entry, entry_alias
entry:
entry_alias:
	ret
	.weak entry_weak
	.set entry_weak, entry
	.data
	.globl area, area_start, area_end
area:
area_start:
	.skip 16
area_end:
	.byte 0
