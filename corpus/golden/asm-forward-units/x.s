# A unit that refers to types of a unit that follows.
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
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.uleb128	4, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	6, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.uleb128	7, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.byte	0

.Labbrev1:
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
	.uleb128	5, 0xf	# DW_TAG_pointer_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	6, 0x39	# DW_TAG_namespace
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	7, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
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
.Li0:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"first"
	.4byte	.Lst
.Lpp:
	.uleb128	4		#   DW_TAG_pointer_type
	.4byte	.Linner
	.byte	8
	.uleb128	5		#   DW_TAG_variable
	.asciz	"second"
	.4byte	.Lpp - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"third"
	.4byte	.Len
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"o"
	.4byte	.Ltd
	.byte	0		#   end of children
	.byte	0		# end of children
.Lend0:

# Unit 1: DWARF 5
.Lunit1:
	.4byte	.Lend1 - .Lversion1
.Lversion1:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev1
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Li1:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lst:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"later"
	.byte	16
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li1 - .Lunit1
	.byte	0
	.uleb128	4		#     DW_TAG_member
	.asciz	"self"
	.4byte	.Lps - .Lunit1
	.byte	8
	.byte	0		#   end of children
.Lps:
	.uleb128	5		#   DW_TAG_pointer_type
	.4byte	.Lst - .Lunit1
	.byte	8
	.uleb128	6		#   DW_TAG_namespace
	.asciz	"ns"
	.uleb128	3		#     DW_TAG_structure_type
	.asciz	"outer"
	.byte	1
.Linner:
	.uleb128	3		#       DW_TAG_structure_type
	.asciz	"inner"
	.byte	4
	.uleb128	4		#         DW_TAG_member
	.asciz	"x"
	.4byte	.Li1 - .Lunit1
	.byte	0
	.byte	0		#       end of children
	.byte	0		#     end of children
	.byte	0		#   end of children
.Ltd:
	.uleb128	7		#   DW_TAG_typedef
	.asciz	"later_t"
	.4byte	.Lps - .Lunit1
.Len:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"en"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"E"
	.byte	1
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"fourth"
	.4byte	.Ltd - .Lunit1
	.uleb128	10		#   DW_TAG_variable
	.asciz	"fifth"
	.4byte	.Linner - .Lunit1
	.byte	0		# end of children
.Lend1:

	.section .note.GNU-stack,"",@progbits
