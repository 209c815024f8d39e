# All references as DW_FORM_ref_addr.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.uleb128	6, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	8, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.uleb128	9, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x6e, 0x8	# DW_AT_linkage_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
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
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lst:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"forms_of_strings"
	.byte	16
	.uleb128	4		#     DW_TAG_member
	.asciz	"first"
	.4byte	.Lint
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.asciz	"self"
	.4byte	.Lptr
	.byte	8
	.byte	0		#   end of children
.Lptr:
	.uleb128	5		#   DW_TAG_pointer_type
	.byte	8
	.4byte	.Lst
	.uleb128	6		#   DW_TAG_variable
	.asciz	"value"
	.4byte	.Lst
	.uleb128	7		#   DW_TAG_subprogram
	.asciz	"function"
	.4byte	.Lint
	.uleb128	8		#     DW_TAG_formal_parameter
	.asciz	"p"
	.4byte	.Lptr
	.byte	0		#   end of children
	.uleb128	9		#   DW_TAG_variable
	.asciz	"ignored name"
	.asciz	"linked"
	.4byte	.Lint
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
