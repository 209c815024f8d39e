# Member attributes in DWARF 5.
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
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x5	# DW_AT_data_member_location, DW_FORM_data2
	.byte	0, 0
	.uleb128	6, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x6	# DW_AT_data_member_location, DW_FORM_data4
	.byte	0, 0
	.uleb128	7, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x7	# DW_AT_data_member_location, DW_FORM_data8
	.byte	0, 0
	.uleb128	8, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xf	# DW_AT_data_member_location, DW_FORM_udata
	.byte	0, 0
	.uleb128	9, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xd	# DW_AT_data_member_location, DW_FORM_sdata
	.byte	0, 0
	.uleb128	10, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xa	# DW_AT_data_member_location, DW_FORM_block1
	.byte	0, 0
	.uleb128	11, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x18	# DW_AT_data_member_location, DW_FORM_exprloc
	.byte	0, 0
	.uleb128	12, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x17	# DW_AT_data_member_location, DW_FORM_sec_offset
	.byte	0, 0
	.uleb128	13, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x21	# DW_AT_data_member_location, DW_FORM_implicit_const
	.sleb128	-1
	.byte	0, 0
	.uleb128	14, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x1e	# DW_AT_data_member_location, DW_FORM_data16
	.byte	0, 0
	.uleb128	15, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0x16	# DW_AT_data_member_location, DW_FORM_indirect
	.byte	0, 0
	.uleb128	16, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	17, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xd, 0xb	# DW_AT_bit_size, DW_FORM_data1
	.uleb128	0xc, 0xb	# DW_AT_bit_offset, DW_FORM_data1
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	18, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xd, 0x5	# DW_AT_bit_size, DW_FORM_data2
	.uleb128	0x6b, 0xf	# DW_AT_data_bit_offset, DW_FORM_udata
	.byte	0, 0
	.uleb128	19, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x32, 0xb	# DW_AT_accessibility, DW_FORM_data1
	.uleb128	0xd, 0xb	# DW_AT_bit_size, DW_FORM_data1
	.uleb128	0x6b, 0xb	# DW_AT_data_bit_offset, DW_FORM_data1
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	20, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	21, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	22, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	23, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	24, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xd, 0xa	# DW_AT_bit_size, DW_FORM_block1
	.uleb128	0x6b, 0xa	# DW_AT_data_bit_offset, DW_FORM_block1
	.byte	0, 0
	.uleb128	25, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.uleb128	0x3c, 0x19	# DW_AT_declaration, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	26, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	27, 0x17	# DW_TAG_union_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
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
	.asciz	"offsets"
	.byte	80
	.uleb128	4		#     DW_TAG_member
	.asciz	"plain"
	.4byte	.Lint - .Lunit0
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"two"
	.4byte	.Lint - .Lunit0
	.2byte	768
	.uleb128	6		#     DW_TAG_member
	.asciz	"four"
	.4byte	.Lint - .Lunit0
	.4byte	16
	.uleb128	7		#     DW_TAG_member
	.asciz	"eight"
	.4byte	.Lint - .Lunit0
	.8byte	24
	.uleb128	8		#     DW_TAG_member
	.asciz	"u"
	.4byte	.Lint - .Lunit0
	.uleb128	32
	.uleb128	9		#     DW_TAG_member
	.asciz	"s"
	.4byte	.Lint - .Lunit0
	.sleb128	-8
	.uleb128	10		#     DW_TAG_member
	.asciz	"blk"
	.4byte	.Lint - .Lunit0
	.byte	2
	.byte	0x23, 0x8
	.uleb128	10		#     DW_TAG_member
	.asciz	"blk0"
	.4byte	.Lint - .Lunit0
	.byte	0
	.uleb128	11		#     DW_TAG_member
	.asciz	"expr"
	.4byte	.Lint - .Lunit0
	.uleb128	2
	.byte	0x23, 0x9
	.uleb128	12		#     DW_TAG_member
	.asciz	"sect"
	.4byte	.Lint - .Lunit0
	.4byte	40
	.uleb128	13		#     DW_TAG_member
	.asciz	"imp"
	.4byte	.Lint - .Lunit0
	.uleb128	14		#     DW_TAG_member
	.asciz	"sixteen"
	.4byte	.Lint - .Lunit0
	.octa	48
	.uleb128	15		#     DW_TAG_member
	.asciz	"ind"
	.4byte	.Lint - .Lunit0
	.uleb128	0xb	# DW_FORM_data1
	.byte	5
	.uleb128	16		#     DW_TAG_member
	.asciz	"none"
	.4byte	.Lint - .Lunit0
	.uleb128	17		#     DW_TAG_member
	.asciz	"bits"
	.4byte	.Lint - .Lunit0
	.byte	3
	.byte	29
	.byte	4
	.byte	4
	.uleb128	18		#     DW_TAG_member
	.asciz	"dbits"
	.4byte	.Lint - .Lunit0
	.2byte	300
	.uleb128	70000
	.uleb128	19		#     DW_TAG_member
	.asciz	"access"
	.4byte	.Lint - .Lunit0
	.byte	1
	.byte	1
	.byte	2
	.byte	3
	.uleb128	20		#     DW_TAG_member
	.asciz	"aligned"
	.4byte	.Lint - .Lunit0
	.byte	8
	.byte	64
	.uleb128	21		#     DW_TAG_member
	.4byte	.Lint - .Lunit0
	.uleb128	22		#     DW_TAG_member
	.uleb128	23		#     DW_TAG_member
	.asciz	"untyped"
	.byte	1
	.uleb128	24		#     DW_TAG_member
	.asciz	"exprbits"
	.4byte	.Lint - .Lunit0
	.byte	1
	.byte	0x31
	.byte	1
	.byte	0x32
	.uleb128	25		#     DW_TAG_member
	.asciz	"external_decl"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	26		#   DW_TAG_variable
	.asciz	"v"
	.4byte	.Lst - .Lunit0
.Lun:
	.uleb128	27		#   DW_TAG_union_type
	.asciz	"u"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"plain"
	.4byte	.Lint - .Lunit0
	.byte	8
	.uleb128	5		#     DW_TAG_member
	.asciz	"two"
	.4byte	.Lint - .Lunit0
	.2byte	768
	.uleb128	6		#     DW_TAG_member
	.asciz	"four"
	.4byte	.Lint - .Lunit0
	.4byte	16
	.uleb128	7		#     DW_TAG_member
	.asciz	"eight"
	.4byte	.Lint - .Lunit0
	.8byte	24
	.byte	0		#   end of children
	.uleb128	26		#   DW_TAG_variable
	.asciz	"u"
	.4byte	.Lun - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
