# DIEs with DW_AT_sibling, unknown attributes and unknown tags, nested deeply.
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
	.uleb128	3, 0x4080	# DW_TAG_16512
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	5, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x1, 0x13	# DW_AT_sibling, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.uleb128	0x3b, 0xb	# DW_AT_decl_line, DW_FORM_data1
	.uleb128	0x34, 0x19	# DW_AT_artificial, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x65, 0xb	# DW_AT_endianity, DW_FORM_data1
	.uleb128	0x17, 0xb	# DW_AT_visibility, DW_FORM_data1
	.uleb128	0x1e, 0xa	# DW_AT_default_value, DW_FORM_block1
	.byte	0, 0
	.uleb128	9, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	10, 0xb	# DW_TAG_lexical_block
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	11, 0x18	# DW_TAG_unspecified_parameters
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	12, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	13, 0x2f	# DW_TAG_template_type_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	14, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	15, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	16, 0x48	# DW_TAG_call_site
	.byte	0		# children: no
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
	.uleb128	3		#   DW_TAG_16512
	.asciz	"vendor"
	.uleb128	4		#     DW_TAG_member
	.asciz	"x"
	.byte	0		#   end of children
.Lst:
	.uleb128	5		#   DW_TAG_structure_type
	.asciz	"vendors"
	.byte	4
	.4byte	.Lafter - .Lunit0
	.uleb128	6		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	3
	.byte	0		#   end of children
.Lafter:
	.uleb128	7		#   DW_TAG_variable
	.asciz	"v"
	.4byte	.Lst - .Lunit0
	.uleb128	8		#   DW_TAG_variable
	.asciz	"w"
	.4byte	.Lint - .Lunit0
	.byte	1
	.byte	2
	.byte	3
	.byte	0x1, 0x2, 0x3
	.uleb128	9		#   DW_TAG_subprogram
	.asciz	"f"
	.4byte	.Lint - .Lunit0
	.uleb128	10		#     DW_TAG_lexical_block
	.uleb128	7		#       DW_TAG_variable
	.asciz	"inner"
	.4byte	.Lint - .Lunit0
	.byte	0		#     end of children
	.uleb128	11		#     DW_TAG_unspecified_parameters
	.uleb128	12		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.asciz	"a"
	.uleb128	13		#     DW_TAG_template_type_parameter
	.4byte	.Lint - .Lunit0
	.asciz	"T"
	.uleb128	14		#     DW_TAG_formal_parameter
	.asciz	"untyped"
	.uleb128	15		#     DW_TAG_formal_parameter
	.uleb128	16		#     DW_TAG_call_site
	.byte	0		#   end of children
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
