# All names as DW_FORM_strx.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x72, 0x17	# DW_AT_str_offsets_base, DW_FORM_sec_offset
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	8, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x1a	# DW_AT_name, DW_FORM_strx
	.uleb128	0x6e, 0x1a	# DW_AT_linkage_name, DW_FORM_strx
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits

# Unit 0: DWARF 5
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev0
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
	.4byte	.Lstrx
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.uleb128	0	# int
	.byte	4
	.byte	5
.Lst:
	.uleb128	3		#   DW_TAG_structure_type
	.uleb128	1	# forms_of_strings
	.byte	16
	.uleb128	4		#     DW_TAG_member
	.uleb128	2	# first
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.uleb128	3	# self
	.4byte	.Lptr - .Lunit0
	.byte	8
	.byte	0		#   end of children
.Lptr:
	.uleb128	5		#   DW_TAG_pointer_type
	.byte	8
	.4byte	.Lst - .Lunit0
	.uleb128	6		#   DW_TAG_variable
	.uleb128	4	# value
	.4byte	.Lst - .Lunit0
	.uleb128	7		#   DW_TAG_subprogram
	.uleb128	5	# function
	.4byte	.Lint - .Lunit0
	.uleb128	8		#     DW_TAG_formal_parameter
	.uleb128	6	# p
	.4byte	.Lptr - .Lunit0
	.byte	0		#   end of children
	.uleb128	9		#   DW_TAG_variable
	.uleb128	7	# ignored name
	.uleb128	8	# linked
	.4byte	.Lint - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .debug_str,"MS",@progbits,1
.Lxstr0:	.asciz	"int"
.Lxstr1:	.asciz	"forms_of_strings"
.Lxstr2:	.asciz	"first"
.Lxstr3:	.asciz	"self"
.Lxstr4:	.asciz	"value"
.Lxstr5:	.asciz	"function"
.Lxstr6:	.asciz	"p"
.Lxstr7:	.asciz	"ignored name"
.Lxstr8:	.asciz	"linked"

	.section .debug_str_offsets,"",@progbits
	.4byte	.Lstrx_end - .Lstrx_start
.Lstrx_start:
	.2byte	5, 0
.Lstrx:
	.4byte	.Lxstr0
	.4byte	.Lxstr1
	.4byte	.Lxstr2
	.4byte	.Lxstr3
	.4byte	.Lxstr4
	.4byte	.Lxstr5
	.4byte	.Lxstr6
	.4byte	.Lxstr7
	.4byte	.Lxstr8
.Lstrx_end:

	.section .note.GNU-stack,"",@progbits
