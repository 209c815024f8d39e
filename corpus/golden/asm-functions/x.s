# Subroutine types and functions in odd forms.
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
	.uleb128	3, 0x15	# DW_TAG_subroutine_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	4, 0x15	# DW_TAG_subroutine_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x27, 0x19	# DW_AT_prototyped, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	5, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x15	# DW_TAG_subroutine_type
	.byte	1		# children: yes
	.byte	0, 0
	.uleb128	7, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x18	# DW_TAG_unspecified_parameters
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	9, 0x15	# DW_TAG_subroutine_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	10, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	11, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	12, 0x13	# DW_TAG_structure_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	13, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	14, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x32, 0xb	# DW_AT_accessibility, DW_FORM_data1
	.uleb128	0xd, 0xb	# DW_AT_bit_size, DW_FORM_data1
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.uleb128	0x6b, 0xb	# DW_AT_data_bit_offset, DW_FORM_data1
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.byte	0, 0
	.uleb128	15, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	16, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x88, 0xb	# DW_AT_alignment, DW_FORM_data1
	.uleb128	0x3c, 0x19	# DW_AT_declaration, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	17, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	18, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.byte	0, 0
	.uleb128	19, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x20, 0xb	# DW_AT_inline, DW_FORM_data1
	.byte	0, 0
	.uleb128	20, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	21, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	22, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.byte	0, 0
	.uleb128	23, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x6e, 0x8	# DW_AT_linkage_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	24, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.byte	0, 0
	.uleb128	25, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	26, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x31, 0x13	# DW_AT_abstract_origin, DW_FORM_ref4
	.byte	0, 0
	.uleb128	27, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	28, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	29, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	30, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x47, 0x13	# DW_AT_specification, DW_FORM_ref4
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	31, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x3c, 0x19	# DW_AT_declaration, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	32, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
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
.Lempty:
	.uleb128	3		#   DW_TAG_subroutine_type
.Lnamed:
	.uleb128	4		#   DW_TAG_subroutine_type
	.asciz	"fn_name"
	.4byte	.Lint - .Lunit0
	.byte	8
	.byte	4
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"named_parameter"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
.Ldots:
	.uleb128	6		#   DW_TAG_subroutine_type
	.uleb128	7		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.uleb128	8		#     DW_TAG_unspecified_parameters
	.byte	0		#   end of children
.Lonly_dots:
	.uleb128	6		#   DW_TAG_subroutine_type
	.uleb128	8		#     DW_TAG_unspecified_parameters
	.byte	0		#   end of children
.Lret_fn:
	.uleb128	9		#   DW_TAG_subroutine_type
	.4byte	.Lempty - .Lunit0
.Ltakes_fn:
	.uleb128	6		#   DW_TAG_subroutine_type
	.uleb128	7		#     DW_TAG_formal_parameter
	.4byte	.Lret_fn - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.4byte	.Lempty - .Lunit0
	.byte	0		#   end of children
.Luntyped:
	.uleb128	6		#   DW_TAG_subroutine_type
	.uleb128	10		#     DW_TAG_formal_parameter
	.uleb128	11		#     DW_TAG_formal_parameter
	.asciz	"x"
	.byte	0		#   end of children
.Llate:
	.uleb128	6		#   DW_TAG_subroutine_type
.Linner:
	.uleb128	12		#     DW_TAG_structure_type
	.asciz	"inner_type"
	.byte	4
	.uleb128	7		#     DW_TAG_formal_parameter
	.4byte	.Linner - .Lunit0
	.uleb128	13		#     DW_TAG_typedef
	.asciz	"other"
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"second"
	.4byte	.Linner - .Lunit0
	.byte	0		#   end of children
.Lattrs:
	.uleb128	6		#   DW_TAG_subroutine_type
	.uleb128	14		#     DW_TAG_formal_parameter
	.4byte	.Lint - .Lunit0
	.asciz	"p"
	.byte	2
	.byte	3
	.byte	4
	.byte	5
	.byte	9
	.byte	1
	.byte	0		#   end of children
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_empty"
	.4byte	.Lempty - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_named"
	.4byte	.Lnamed - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_dots"
	.4byte	.Ldots - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_only_dots"
	.4byte	.Lonly_dots - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_ret_fn"
	.4byte	.Lret_fn - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_takes_fn"
	.4byte	.Ltakes_fn - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_untyped"
	.4byte	.Luntyped - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_late"
	.4byte	.Llate - .Lunit0
	.uleb128	15		#   DW_TAG_variable
	.asciz	"v_attrs"
	.4byte	.Lattrs - .Lunit0
	.uleb128	16		#   DW_TAG_subprogram
	.asciz	"f_attrs"
	.4byte	.Lnamed - .Lunit0
	.byte	4
	.byte	8
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"a"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	17		#   DW_TAG_subprogram
	.asciz	"f_origin_param"
	.uleb128	18		#     DW_TAG_formal_parameter
	.4byte	.Lorig_p - .Lunit0
	.byte	0		#   end of children
.Lorig:
	.uleb128	19		#   DW_TAG_subprogram
	.asciz	"f_orig"
	.4byte	.Lint - .Lunit0
	.byte	1
.Lorig_p:
	.uleb128	5		#     DW_TAG_formal_parameter
	.asciz	"o"
	.4byte	.Lint - .Lunit0
	.byte	0		#   end of children
	.uleb128	20		#   DW_TAG_subprogram
	.4byte	.Lorig - .Lunit0
	.4byte	.Lempty - .Lunit0
	.uleb128	21		#     DW_TAG_formal_parameter
	.4byte	.Lorig_p - .Lunit0
	.4byte	.Lempty - .Lunit0
	.asciz	"q"
	.byte	0		#   end of children
	.uleb128	22		#   DW_TAG_subprogram
	.asciz	"f_renamed"
	.4byte	.Lorig - .Lunit0
	.uleb128	22		#   DW_TAG_subprogram
	.asciz	"unlisted"
	.4byte	.Lorig2 - .Lunit0
.Lorig2:
	.uleb128	23		#   DW_TAG_subprogram
	.asciz	"f_orig2"
	.asciz	"f_linked2"
	.4byte	.Lempty - .Lunit0
	.uleb128	24		#   DW_TAG_subprogram
	.4byte	.Lmid - .Lunit0
.Lmid:
	.uleb128	24		#   DW_TAG_subprogram
	.4byte	.Lfar_ - .Lunit0
.Lfar_:
	.uleb128	25		#   DW_TAG_subprogram
	.asciz	"f_far"
	.4byte	.Lint - .Lunit0
	.uleb128	26		#   DW_TAG_variable
	.4byte	.Lvorig - .Lunit0
	.uleb128	27		#   DW_TAG_structure_type
	.asciz	"holder"
	.uleb128	28		#     DW_TAG_member
	.asciz	"m"
	.4byte	.Lint - .Lunit0
.Lvorig:
	.uleb128	29		#     DW_TAG_variable
	.asciz	"v_orig"
	.4byte	.Lnamed - .Lunit0
	.byte	0		#   end of children
	.uleb128	30		#   DW_TAG_subprogram
	.4byte	.Lspec - .Lunit0
	.4byte	.Lint - .Lunit0
	.uleb128	27		#   DW_TAG_structure_type
	.asciz	"holder2"
.Lspec:
	.uleb128	31		#     DW_TAG_subprogram
	.asciz	"f_spec"
	.byte	0		#   end of children
	.uleb128	32		#   DW_TAG_variable
	.asciz	"v_untyped"
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
