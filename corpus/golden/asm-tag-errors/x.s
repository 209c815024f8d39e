# Types of variables whose tag is not a type, or a type that the format does not know.
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
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	4, 0x2e	# DW_TAG_subprogram
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x39	# DW_TAG_namespace
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	7, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	8, 0x1f	# DW_TAG_ptr_to_member_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	9, 0x20	# DW_TAG_set_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	10, 0x12	# DW_TAG_string_type
	.byte	0		# children: no
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	11, 0x29	# DW_TAG_file_type
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	12, 0x38	# DW_TAG_interface_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	13, 0x44	# DW_TAG_coarray_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	14, 0x46	# DW_TAG_dynamic_type
	.byte	0		# children: no
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	15, 0x4080	# DW_TAG_16512
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	16, 0xb	# DW_TAG_lexical_block
	.byte	0		# children: no
	.byte	0, 0
	.uleb128	17, 0x30	# DW_TAG_template_value_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
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
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"fine"
	.4byte	.Lint - .Lunit0
.Lt_subprogram:
	.uleb128	4		#   DW_TAG_subprogram
	.asciz	"fn"
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_subprogram"
	.4byte	.Lt_subprogram - .Lunit0
.Lt_variable:
	.uleb128	5		#   DW_TAG_variable
	.asciz	"va"
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_variable"
	.4byte	.Lt_variable - .Lunit0
.Lt_namespace:
	.uleb128	6		#   DW_TAG_namespace
	.asciz	"ns"
	.uleb128	7		#     DW_TAG_typedef
	.asciz	"x"
	.byte	0		#   end of children
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_namespace"
	.4byte	.Lt_namespace - .Lunit0
.Lt_ptr_to_member:
	.uleb128	8		#   DW_TAG_ptr_to_member_type
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_ptr_to_member"
	.4byte	.Lt_ptr_to_member - .Lunit0
.Lt_set_type:
	.uleb128	9		#   DW_TAG_set_type
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_set_type"
	.4byte	.Lt_set_type - .Lunit0
.Lt_string_type:
	.uleb128	10		#   DW_TAG_string_type
	.byte	4
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_string_type"
	.4byte	.Lt_string_type - .Lunit0
.Lt_file_type:
	.uleb128	11		#   DW_TAG_file_type
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_file_type"
	.4byte	.Lt_file_type - .Lunit0
.Lt_interface:
	.uleb128	12		#   DW_TAG_interface_type
	.asciz	"i"
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_interface"
	.4byte	.Lt_interface - .Lunit0
.Lt_coarray:
	.uleb128	13		#   DW_TAG_coarray_type
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_coarray"
	.4byte	.Lt_coarray - .Lunit0
.Lt_dynamic:
	.uleb128	14		#   DW_TAG_dynamic_type
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_dynamic"
	.4byte	.Lt_dynamic - .Lunit0
.Lt_vendor:
	.uleb128	15		#   DW_TAG_16512
	.asciz	"x"
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_vendor"
	.4byte	.Lt_vendor - .Lunit0
.Lt_lexical:
	.uleb128	16		#   DW_TAG_lexical_block
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_lexical"
	.4byte	.Lt_lexical - .Lunit0
.Lt_template_value:
	.uleb128	17		#   DW_TAG_template_value_parameter
	.asciz	"N"
	.4byte	.Lint - .Lunit0
	.uleb128	3		#   DW_TAG_variable
	.asciz	"of_template_value"
	.4byte	.Lt_template_value - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
